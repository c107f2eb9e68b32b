# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For the command line tests: the real tokctl against a module made of plain
# files (fakemod.c). Each test checks as much as it likes and then says
# "result DESCRIPTION". Sourced with the arguments TOKCTL FAKEMOD.
#
# shellcheck disable=SC2034 # variables for those who source this
set -u

tokctl=$(realpath "$1")
fakemod=$(realpath "$2")
work=$(mktemp -d)
root=$work/debug
mod=$root/tokbench
out=$work/out
err=$work/err
background=()

cleanup() {
	local pid

	for pid in "${background[@]}"; do
		kill -KILL "$pid" 2>/dev/null
	done
	rm -rf "$work"
}
trap cleanup EXIT

# The machine of the tests is one that nothing is known of: none but this has
# the same governor and load at all times.

# No test but that of the files waits for the disk: FAKE_DISK is the last
# word, which real_disk takes away.

# A sanitised tokctl wants its runtime first; with a preloaded library it is
# not, and the check for that is the only thing that goes wrong.
environment=(TOKBENCH_DEBUGFS="$root" TOKBENCH_SYSROOT="$work/host" LD_PRELOAD="$fakemod"
	ASAN_OPTIONS=verify_asan_link_order=0:exitcode=99
	UBSAN_OPTIONS=halt_on_error=1:exitcode=99 LC_ALL=C.UTF-8 FAKE_DISK=1)

# real_disk: from here on, fsync() is that of the system.
real_disk() {
	unset 'environment[-1]'
}

n=0
failed=0
problems=()

# Load a module that has seen nothing yet.
fresh() {
	rm -rf "$root"
	mkdir -p "$mod"
}

# Run tokctl; leaves $out, $err and $rc.
tok() {
	rc=0
	env "${environment[@]}" "$tokctl" "$@" >"$out" 2>"$err" </dev/null || rc=$?
}

# The same in place of this shell, for "&": so $! is tokctl itself. A shell
# without job control has its background jobs ignore SIGINT, and nohup SIGHUP;
# undo that.
tok_exec() {
	exec env --default-signal=INT,TERM,HUP "${environment[@]}" "$tokctl" "$@" </dev/null
}

# Short runs, and what must be given.
quick=(-n 1 --hold 2us --think 0 --warmup 0 --duration 10ms)
slow=(-n 1 --hold 2us --think 0 --warmup 0 --duration 3600s)

problem() {
	problems+=("$*")
}

is_rc() {
	[ "$rc" -eq "$1" ] || problem "exit status $rc, not $1; stderr: $(head -c 300 "$err")"
}

has() { # FILE TEXT
	grep -qF -- "$2" "$1" || problem "no '$2' in $(basename "$1"): $(head -c 400 "$1")"
}

has_not() { # FILE TEXT
	! grep -qF -- "$2" "$1" || problem "unwanted '$2' in $(basename "$1"): $(head -c 400 "$1")"
}

is() { # WHAT IS WANTED
	[ "$2" = "$3" ] || problem "$1 is '$2', not '$3'"
}

# Wait until a command succeeds; ten seconds mean that it never will.
until_true() {
	local end=$((SECONDS + 10))

	until "$@" 2>/dev/null; do
		if [ $SECONDS -ge $end ]; then
			problem "still not true after 10 s: $*"
			return 1
		fi
		sleep 0.01
	done
}

run_is_on() {
	grep -qE '^(armed|warm|run|cool) ' "$mod/state"
}

result() { # DESCRIPTION
	local p

	n=$((n + 1))
	if [ ${#problems[@]} -eq 0 ]; then
		echo "ok $n - $1"
		return
	fi
	failed=$((failed + 1))
	echo "not ok $n - $1"
	for p in "${problems[@]}"; do
		echo "# ${p//$'\n'/$'\n# '}"
	done
	problems=()
}

skip() { # DESCRIPTION REASON
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# begin WORDS...: start tokctl in the background and wait until its run is on.
begin() {
	fresh
	tok show # the module makes its files
	tok_exec "$@" >"$work/bg.out" 2>"$work/bg.err" &
	pid=$!
	background=("$pid")
	until_true run_is_on
}

has_ended() {
	! kill -0 "$pid"
}

# end: wait for it, but not for ever; leaves $rc, $out, $err.
end() {
	rc=0
	# The shell itself reports a killed job on its stderr.
	{
		until_true has_ended || kill -KILL "$pid"
		wait "$pid" || rc=$?
	} 2>/dev/null
	background=()
	cp "$work/bg.out" "$out"
	cp "$work/bg.err" "$err"
}

second_run_is_on() {
	grep -qE '^(warm|run) 2 ' "$mod/state"
}

# plan: the last line of a test.
plan() {
	echo "1..$n"
	[ "$failed" -eq 0 ]
}

fresh
