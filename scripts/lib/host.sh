# shellcheck shell=bash
#
# host.sh - owns the host lab: this machine, its own kernel, insmod. A bug in
# the module takes the machine with it, so nothing but its name chooses it.

HOST_LOADED=no

host_why() {
	local release lockdown
	release=$(uname -r)
	lockdown=$(cat /sys/kernel/security/lockdown 2>/dev/null || true)
	if [ "$(id -u)" -ne 0 ]; then
		echo "loading a module takes root; type: sudo scripts/lab host ..."
	elif [ ! -e /proc/modules ]; then
		echo "the running kernel ($release) has no loadable modules"
	elif [ ! -e "/lib/modules/$release/build/Makefile" ]; then
		echo "no headers of the running kernel; type: apt-get install linux-headers-$release"
	elif ! grep -qs debugfs /proc/filesystems; then
		echo "the running kernel has no debugfs"
	elif ! mountpoint -q /sys/kernel/debug; then
		echo "debugfs is not mounted; type: mount -t debugfs debugfs /sys/kernel/debug"
	else
		case $lockdown in
		*'[integrity]'* | *'[confidentiality]'*)
			echo "kernel lockdown (Secure Boot) refuses unsigned modules; sign tokbench.ko with an enrolled key or turn Secure Boot off"
			;;
		esac
	fi
}

host_prepare() {
	KERNEL_RELEASE=$(uname -r)
	[ -z "$KERNEL" ] || [ "$KERNEL" = "$KERNEL_RELEASE" ] ||
		die "$EX_USAGE" "the host runs $KERNEL_RELEASE; --kernel does not apply"
	KERNEL_ID=host-$KERNEL_RELEASE
	KERNEL_BUILD=/lib/modules/$KERNEL_RELEASE/build
	KERNEL_DIR=
	KERNEL_MAKE=()
}

# The console is what the kernel logs from a marker of ours onwards.
host_run() {
	local status=0 mark
	mark="tokbench lab $$ $RANDOM"
	echo "$mark" >/dev/kmsg
	trap 'host_unload; run_cleanup' EXIT
	if [ "$LOAD" = yes ] && [ ! -e /sys/module/tokbench ]; then
		insmod "$MODULE_KO/tokbench.ko" || cannot "tokbench.ko does not load (above)" "see: dmesg"
		HOST_LOADED=yes
	fi
	run_environment >"$RUN/env"
	(
		set -a
		# shellcheck source=/dev/null
		. "$RUN/env"
		exec timeout --foreground -k 5 "$TIMEOUT" "${COMMAND[@]}"
	) || status=$?
	host_unload
	dmesg | sed "1,/$mark/d" >"$CONSOLE"
	ENDED=exit REACHED=exit RESULT=$status
	if [ "$status" -eq 124 ]; then ENDED=timeout REACHED=run; fi
	verdict
}

host_unload() {
	[ "$HOST_LOADED" = yes ] || return 0
	HOST_LOADED=no
	rmmod tokbench || warn "tokbench.ko stays loaded"
}
