//! The program runs as root in the build of a distribution's Python: with any of its system calls
//! failing, or killed at any of them, each file is the old one or the new one, whole, and the next
//! run leaves nothing but the new ones. What was tried is written down in `doc/faults.md`.

mod file_systems;
mod scene;
mod strace;
mod table;
mod two_runs;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use scene::{SCENES, Scene};
use strace::{Call, End, Fault};
use table::Table;

use crate::snapshot::Snapshot;
use crate::support::strace_works;

/// What stands in a scene before and after an undisturbed run.
struct Known {
    scene: &'static Scene,
    old: Snapshot,
    new: Snapshot,
    /// What the next run has been seen to turn into `new`.
    mended: Mutex<HashSet<Snapshot>>,
}

/// One run to be disturbed.
struct Case<'k> {
    known: &'k Known,
    call: Call,
    fault: Fault,
}

#[test]
fn every_system_call_fails() {
    if !strace_works("faults") {
        return;
    }
    let known: Vec<Known> = SCENES.iter().map(undisturbed).collect();
    let cases: Vec<Case<'_>> = known.iter().flat_map(cases).collect();
    let table = Mutex::new(Table::default());
    let wrong = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            match judge(case) {
                Ok(end) => table.lock().unwrap().add(&case.call, case.fault, end),
                Err(what) => wrong.lock().unwrap().push(format!(
                    "{}: {} at {} {}: {what}",
                    case.known.scene.name,
                    case.fault.name(),
                    case.call.name,
                    case.call.nth
                )),
            }
        }
    };
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {} faults did harm:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
    table.into_inner().unwrap().compare();
}

fn undisturbed(scene: &'static Scene) -> Known {
    let place = scene.set_up();
    let old = Snapshot::of(&place);
    let run = strace::undisturbed(scene, &place);
    assert_eq!((run.end, run.stderr.as_str()), (End::Exit(0), ""));
    let new = Snapshot::of(&place);
    assert_ne!(old, new, "{}", scene.name);
    Known {
        scene,
        old,
        new,
        mended: Mutex::default(),
    }
}

/// Each call of the scene with each fault that it can meet.
fn cases(known: &Known) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    for call in strace::calls(known.scene) {
        for fault in Fault::ALL.into_iter().filter(|fault| fault.is_for(&call)) {
            cases.push(Case {
                known,
                call: call.clone(),
                fault,
            });
        }
    }
    cases
}

/// What became of one run, or what was wrong about it.
fn judge(case: &Case<'_>) -> Result<End, String> {
    let (scene, known) = (case.known.scene, case.known);
    let place = scene.set_up();
    let run = strace::disturbed(scene, &place, &case.call, case.fault);
    let after = Snapshot::of(&place);
    match run.end {
        End::Killed if case.fault == Fault::Kill => {}
        End::Exit(0) if case.fault != Fault::Kill && run.stderr.is_empty() => {
            after.differs_from(&known.new)?;
        }
        End::Exit(4) if !case.fault.is_survived() => {
            if !scene.names.iter().any(|name| run.stderr.contains(name)) {
                return Err(format!("no path in the message:\n{}", run.stderr));
            }
        }
        end => return Err(format!("it ended with {end:?}, and said:\n{}", run.stderr)),
    }
    after.each_old_or_new(&known.old, &known.new, run.end == End::Killed)?;
    if known.mended.lock().unwrap().insert(after) {
        let again = strace::undisturbed(scene, &place);
        if again.end != End::Exit(0) {
            return Err(format!("the next run failed:\n{}", again.stderr));
        }
        let mended = Snapshot::of(&place).differs_from(&known.new);
        mended.map_err(|what| format!("after the next run, {what}"))?;
    }
    Ok(run.end)
}
