#!/bin/bash
#
# lockdown - a kernel that was locked down: what is harmless can be read, the rest
# is refused with an error that says why. There is no way back: the last of its boot.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

LSM=/sys/kernel/security
LOCKED='Operation not permitted'

readable() {
	local file
	for file in state variants parameters version error results/summary; do
		cat "$TB/$file" >"$SCRATCH/out" 2>&1 || fault "$file: $(cat "$SCRATCH/out")"
	done
}

# closed COMMAND...: fails, and says that it is not permitted.
closed() {
	"$@" >"$SCRATCH/out" 2>&1 && fault "$*: works"
	grep -q "$LOCKED" "$SCRATCH/out" || fault "$*: $(cat "$SCRATCH/out")"
}

settings() {
	closed bash -c "echo mutex >$TB/config/lock"
	closed bash -c "echo start >$TB/control"
	closed cat "$TB/config/lock"
	dmesg | grep -q 'Lockdown: .*debugfs access is restricted' || fault "the kernel log says nothing"
}

told() {
	tokctl list locks >"$SCRATCH/out" 2>&1 || fault "tokctl list: $? $(cat "$SCRATCH/out")"
	tokctl run -n 1 -l mutex --hold 1us --think 0 >"$SCRATCH/out" 2>&1
	equal "exit status" $? 3
	grep -q 'the kernel does not permit it; is it locked down (Secure Boot)?' "$SCRATCH/out" || fault "tokctl says: $(cat "$SCRATCH/out")"
}

# The module goes, and does not come back.
unsigned() {
	unload
	gone
	closed insmod "$KO"
	dmesg | grep -q 'Lockdown: .*unsigned module loading is restricted' || fault "the kernel log says nothing"
}

mountpoint -q $LSM || mount -t securityfs tokbench-lsm $LSM 2>/dev/null
[ -w $LSM/lockdown ] || skip_all "lockdown" "this kernel has no $LSM/lockdown"
echo integrity >$LSM/lockdown
plan 4
check "lockdown: the harmless files can be read" readable
check "lockdown: settings and control are closed" settings
check "lockdown: tokctl says why: status 3" told
check "lockdown: an unsigned module is refused" unsigned
