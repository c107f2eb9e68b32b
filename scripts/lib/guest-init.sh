#!/bin/bash
#
# guest-init.sh - process 1 of the guest: loads the module, runs COMMAND, says
# how it ended and powers off.
#
# usage: guest-init.sh RUN, where RUN is the run's folder on the host, holding
#	env	shell assignments, exported to COMMAND
#	setup	shell assignments for this script: CWD, OUT, OUT_ON_HOST, SHARE, LOAD
#	command	the words of COMMAND, each ended by a zero byte
#	ko/	modules
#
# Three devices lead back to the caller: stdout and stderr of COMMAND, byte by
# byte, and status, which carries "up" (this script runs), "run" (COMMAND
# starts), "exit N", or "lost REASON". The console is for the kernel only.

RUN=$1
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Whatever happens in this script, the guest must not stay. Closing the status
# channel waits until it is empty.
off() {
	[ -z "${channel:-}" ] || exec {channel}>&-
	sync
	/bin/busybox poweroff -f
	echo o >/proc/sysrq-trigger
	sleep 60
}
trap off EXIT

# port NAME: the device behind a channel.
port() {
	local f
	case $SHARE in
	hostfs)
		case $1 in stdout) f=/dev/tty1 ;; stderr) f=/dev/tty2 ;; status) f=/dev/tty3 ;; esac
		stty -F "$f" raw -echo
		echo "$f"
		;;
	*)
		for f in /sys/class/virtio-ports/*; do
			[ "$(cat "$f/name")" != "lab.$1" ] || echo "/dev/${f##*/}"
		done
		;;
	esac
}

status() { printf '%s\n' "$*" >&"$channel"; }

lost() {
	status "lost $*"
	exit
}

mounts() {
	mkdir -p /dev/pts /dev/shm
	mount -t devpts devpts /dev/pts
	mount -t tmpfs tmpfs /dev/shm
	mount -t tmpfs -o mode=755 tmpfs /run
	mount -t debugfs debugfs /sys/kernel/debug || lost "the kernel has no debugfs"
	mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
	[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
	[ -e /dev/stdin ] || ln -s /proc/self/fd/0 /dev/stdin
	[ -e /dev/stdout ] || ln -s /proc/self/fd/1 /dev/stdout
	[ -e /dev/stderr ] || ln -s /proc/self/fd/2 /dev/stderr
	case $SHARE in
	hostfs) mkdir -p "$OUT" && mount -t hostfs none "$OUT" -o "${OUT_ON_HOST:-$OUT}" ;;
	9p) mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 out "$OUT" ;;
	esac || lost "cannot mount the output folder $OUT"
}

load() {
	local message
	[ "$LOAD" = yes ] || return 0
	if ! message=$(insmod "$RUN/ko/tokbench.ko" 2>&1); then
		dmesg | tail -n 5
		lost "tokbench.ko does not load: ${message#insmod: }"
	fi
}

# COMMAND gets pipes, not the devices: programs may open /dev/stderr again,
# and nothing looks like a terminal.
run() {
	local out err result=0
	mkfifo /run/stdout /run/stderr
	cat /run/stdout >"$(port stdout)" &
	out=$!
	cat /run/stderr >"$(port stderr)" &
	err=$!
	status run
	(
		trap - EXIT
		exec {channel}>&-
		set -a
		# shellcheck source=/dev/null
		. "$RUN/env"
		set +a
		exec </dev/null >/run/stdout 2>/run/stderr
		cd "$CWD" || exit 126
		exec "${command[@]}"
	) || result=$?
	# A process that COMMAND left behind may hold the pipes open for ever.
	(sleep 5 && kill "$out" "$err") &
	disown
	wait "$out" "$err"
	unload
	sync
	status "exit $result"
}

# Unloading is part of every run: a module that cannot go is a failed run.
# Whoever is left must not keep it busy.
unload() {
	local message user
	[ "$LOAD" = yes ] && [ -e /sys/module/tokbench ] || return 0
	kill -KILL -1
	for user in /sys/module/tokbench/holders/*; do
		[ ! -e "$user" ] || rmmod "${user##*/}"
	done
	message=$(rmmod tokbench 2>&1) || lost "tokbench.ko does not unload: ${message#rmmod: }"
}

# shellcheck source=/dev/null
. "$RUN/setup"
mapfile -d '' -t command <"$RUN/command"
exec {channel}>"$(port status)"
status up
echo 8 >/proc/sys/kernel/printk
mounts
load
run
