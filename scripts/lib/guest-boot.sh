#!/bin/busybox sh
# shellcheck shell=dash
#
# guest-boot.sh - /init of the initramfs: makes the host's root, read-only
# under an overlay in memory, the guest's root, and hands over to
# guest-init.sh there.
#
# Runs in busybox, before there is anything else. Words on the kernel command
# line: lab.run=FOLDER (the run's private folder, seen from the host's root),
# lab.share=hostfs|9p, lab.here (the run's folder is the working directory of the
# host's process, and is to be seen as lab.run), lab.probe (only show that booting works).

# shellcheck disable=SC2016 # $1 belongs to the program below
bb=/bin/busybox
export PATH=/bin
$bb --install -s /bin

lost() {
	echo "guest-boot: $1"
	sync
	poweroff -f
	sleep 60
}

word() {
	read -r line </proc/cmdline
	for w in $line; do
		case $w in "$1="*) echo "${w#*=}" ;; esac
	done
}

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
grep -qw lab.probe /proc/cmdline && {
	echo "guest-boot: alive"
	poweroff -f
}
for ko in /boot/*.ko; do
	[ ! -e "$ko" ] || insmod "$ko" || lost "insmod $ko failed"
done

run=$(word lab.run)
here=$(grep -cw lab.here /proc/cmdline)
case $(word lab.share) in
hostfs) mount -t hostfs -o ro none /host -o / ;;
9p)
	mount -t 9p host /host \
		-o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose
	;;
esac || lost "cannot mount the host's root"

mount -t tmpfs -o mode=755 rw /rw && mkdir /rw/upper /rw/work &&
	mount -t overlay overlay /new \
		-o lowerdir=/host,upperdir=/rw/upper,workdir=/rw/work ||
	lost "cannot put an overlay over the host's root"

for d in proc sys dev; do
	mount --move /$d /new/$d || lost "the host has no /$d to mount on"
done
[ "$here" = 0 ] || { mkdir -p "/new$run" && mount -t hostfs -o /proc/self/cwd,ro none "/new$run"; } ||
	lost "cannot mount the run's folder"
[ -e "/new$run/guest-init.sh" ] || lost "cannot see $run on the host"
[ -x /new/bin/bash ] || lost "the host has no /bin/bash"
exec switch_root /new /bin/bash "$run/guest-init.sh" "$run"
