# shellcheck shell=bash
# Tables in documents that hold what was measured. Sourced after lib.sh, which sets these:
: "${here:?}" "${repo:?}" "${work=}"

# table check|write DOCUMENT NAME ROWS: see table.py. A last row that is another one must be noticed.
table() {
    check "$2 holds what was measured: $3" python3 "$here/table.py" "$1" "$repo/$2" "$3" "$4"
    awk -F '\t' -v OFS='\t' '{ rows[NR] = $0 } END {
        for (i = 1; i < NR; i++) print rows[i]
        $0 = rows[NR]
        $NF = $NF ~ /^[0-9.]+$/ ? sprintf("%.2f", $NF * 1.2 + 0.4) : $NF " not"
        print
    }' "$4" >"$work/altered"
    if python3 "$here/table.py" check "$repo/$2" "$3" "$work/altered" >/dev/null 2>&1; then
        fail "$2: another row is noticed: $3"
    else
        pass "$2: another row is noticed: $3"
    fi
}
