# The commands of the project; README and CONTRIBUTING say when to use which.

DESTDIR =
PREFIX = /usr/local
CARGO = cargo
LANGUAGES = $(basename $(notdir $(wildcard po/*.po)))

# Where cargo builds, which its configuration and CARGO_TARGET_DIR can change.
TARGET = $(shell $(CARGO) metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
BINARY = $(TARGET)/release/externally-managed
INSTALL = install
INSTALL_PROGRAM = $(INSTALL) -D -m 755
INSTALL_DATA = $(INSTALL) -D -m 644

.PHONY: all demo test check differential fuzz advisories install bench bench-results generate golden container-sizes schemes faults update-po clean

all:
	$(CARGO) build --release --locked

# The main job on every built-in profile, into target/demo.
demo: all
	./dev/demo $(BINARY)

# The tests that a package build can run: as any user, without network, with fewer random cases.
test:
	PROPTEST_RNG_SEED=1 PROPTEST_CASES=64 DIFFERENTIAL_CASES=2000 $(CARGO) test --quiet --locked

# Installs what the tests need (as root, with apt-get) and runs every test.
check:
	./dev/check $(BINARY)

# The readers against the real parsers, on ten times as many markers as the tests take. PYTHONS
# names Pythons that are not on PATH.
differential:
	DIFFERENTIAL_CASES=1000000 $(CARGO) test --release --quiet --locked --test integration differential -- --nocapture

# Everything that reads what others write on bytes of any kind, FUZZ_SECONDS for each.
fuzz:
	./dev/fuzz

# Crates with known faults. Fetches the RustSec database where that can be reached; no part of
# `make check`, whose answer would change without a change here.
advisories:
	$(CARGO) deny --locked --workspace check advisories

install: all
	$(INSTALL_PROGRAM) $(BINARY) $(DESTDIR)$(PREFIX)/bin/externally-managed
	for page in doc/man/*.1; do $(INSTALL_DATA) -t $(DESTDIR)$(PREFIX)/share/man/man1 $$page || exit; done
	$(INSTALL_DATA) doc/completions/externally-managed.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/externally-managed
	$(INSTALL_DATA) doc/completions/_externally-managed $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_externally-managed
	$(INSTALL_DATA) doc/completions/externally-managed.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/externally-managed.fish

# The budgets of the design, measured here; BENCHFLAGS=--strict fails if one is missed.
bench:
	$(CARGO) bench --locked --bench budgets -- $(BENCHFLAGS)

# The same, into benches/RESULTS.md.
bench-results:
	$(MAKE) bench BENCHFLAGS='--write $(BENCHFLAGS)'

# What is committed but comes from the code: man pages, completions, the schema, the .pot.
generate:
	$(CARGO) run --quiet --locked --package xtask -- generate

# The expected trees of tests/golden and the renderings that samples have committed, after a change
# of built-in text that is meant.
golden:
	$(CARGO) build --quiet --locked
	tests/packages/renew $(TARGET)/debug/externally-managed
	UPDATE_GOLDEN=1 $(CARGO) test --quiet --locked --test integration golden

# doc/containers.md and doc/schemes.md from what a real Debian does (as root).
container-sizes: all
	EXTERNALLY_MANAGED=$(BINARY) ./tests/real/containers.sh --write

schemes: all
	EXTERNALLY_MANAGED=$(BINARY) ./tests/real/schemes.sh --write

# doc/faults.md, by what the program does when its system calls fail.
faults:
	UPDATE_FAULTS=1 $(CARGO) test --quiet --locked --test integration faults::every -- --nocapture

# After a change of messages: the .pot anew, and merged into every catalogue.
update-po:
	$(CARGO) run --quiet --locked --package xtask -- pot
	for language in $(LANGUAGES); do \
	    msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching po/$$language.po po/externally-managed.pot || exit; \
	done

clean:
	$(CARGO) clean
