# shellcheck shell=bash disable=SC2154 # variables of the derivation
# The builder of testBuildFailure': runs the real one, which has to fail.
#
#     expect-failure.sh STATUS SCRIPT N MESSAGE... BUILDER [ARGUMENT...]
set -eu
expected=$1 script=$2 count=$3
shift 3
messages=("${@:1:count}")
shift "$count"

export failed=$NIX_BUILD_TOP/failed
/bin/mkdir "$failed"
status=0
"$@" >"$failed/testBuildFailure.log" 2>&1 || status=$?
log=$(<"$failed/testBuildFailure.log")
printf '%s\n' "$log"

if [[ "$status" != "$expected" ]]; then
    printf 'exit code %s was expected, and it is %s\n' "$expected" "$status"
    exit 1
fi
for message in "${messages[@]}"; do
    if [[ "$log" != *"$message"* ]]; then
        printf 'the log lacks: %s\n' "$message"
        exit 1
    fi
done
eval "$script"
/bin/rm -rf "$out"
printf '%s\n' "$log" >"$out"
