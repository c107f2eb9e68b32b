# shellcheck shell=bash
#
# kernel-debian.sh - owns stock Debian kernels for the virtual machines: the
# packages are downloaded and unpacked into the cache, nothing is installed.
#
#	$CACHE/kernel/debian-RELEASE_VERSION/
#		release		what uname -r says
#		vmlinuz
#		boot/NN-*.ko	modules the guest needs to find its root, in order
#		root/		unpacked headers, to build modules against
#	$CACHE/kernel/6.1	symbolic link to the folder in use
#
# A folder appears by rename when it is complete.

DEBIAN_KERNELS='6.1 6.1-rt 6.12 6.12-rt'

# What it takes to reach the host's root over virtio and to talk back.
BOOT_MODULES='virtio_pci virtio_console 9pnet_virtio 9p overlay'

# debian_suites K: the suites that carry a kernel series.
debian_suites() {
	case $1 in
	6.1 | 6.1-*) echo bookworm bookworm-updates bookworm-security ;;
	6.12 | 6.12-*) echo bookworm-backports ;;
	*) return 1 ;;
	esac
}

# debian_kernel K: make it available, set KERNEL_*.
debian_kernel() {
	local k=$1
	if is_debug_kernel "$k"; then
		debug_kernel "$k"
		return
	fi
	case " $DEBIAN_KERNELS " in
	*" $k "*) ;;
	*) die "$EX_USAGE" "no kernel '$k' for this lab" "there are: $DEBIAN_KERNELS $DEBUG_KERNELS" ;;
	esac
	if [ ! -e "$CACHE/kernel/$k/release" ] || [ -n "${REFRESH:-}" ]; then
		need lab apt-get dpkg-deb depmod modprobe
		with_lock "kernel-$k" debian_unpack "$k" || exit
	fi
	KERNEL_DIR=$(readlink -e "$CACHE/kernel/$k")
	KERNEL_RELEASE=$(cat "$KERNEL_DIR/release")
	KERNEL_ID=${KERNEL_DIR##*/}
	KERNEL_IMAGE=$KERNEL_DIR/vmlinuz
	KERNEL_BUILD=$KERNEL_DIR/root/usr/src/linux-headers-$KERNEL_RELEASE
	KERNEL_MAKE=()
}

debian_unpack() {
	local k=$1 flavour=amd64 image release version headers dir new root suites deb
	local packages=()
	[ ! -e "$CACHE/kernel/$k/release" ] || [ -n "${REFRESH:-}" ] || return 0
	suites=$(debian_suites "$k")
	[ "$k" = "${k%-rt}" ] || flavour=rt-amd64
	apt_open "$suites"
	image=$(apt_depends "linux-image-$flavour" | grep -m1 "^linux-image-[0-9].*-$flavour") ||
		cannot "no kernel $k in $suites"
	release=${image#linux-image-}
	version=$(apt_version "$image")
	headers=linux-headers-$release
	dir=$CACHE/kernel/debian-${release}_${version}
	if [ ! -e "$dir/release" ]; then
		mapfile -t packages < <(apt_depends "$headers" | grep -E '^linux-(headers|kbuild)-')
		[ "${#packages[@]}" -ge 2 ] || cannot "$headers names no common headers and no kbuild"
		new=$CACHE/kernel/.new-$k
		root=$new/root
		rm -rf "$new"
		must mkdir -p "$root" "$new/boot"
		apt_fetch "$new/deb" "$image" "$headers" "${packages[@]}"
		say "unpacking $release"
		must dpkg-deb -x "$new/deb/$image"_*.deb "$new/image"
		must cp "$new/image/boot/vmlinuz-$release" "$new/vmlinuz"
		debian_boot_modules "$new" "$release"
		for deb in "$new"/deb/linux-headers-*.deb "$new"/deb/linux-kbuild-*.deb; do
			must dpkg-deb -x "$deb" "$root"
		done
		debian_relocate "$root/usr/src/$headers" "$dir/root"
		rm -rf "$new/image" "$new/deb"
		echo "$release" >"$new/release"
		rm -rf "$dir"
		must mv -T "$new" "$dir"
	fi
	must ln -sfn "${dir##*/}" "$CACHE/kernel/.link-$k"
	must mv -T "$CACHE/kernel/.link-$k" "$CACHE/kernel/$k"
}

# debian_boot_modules NEW RELEASE: the few of some 4000 modules that the boot
# needs, uncompressed, numbered in loading order.
debian_boot_modules() {
	local new=$1 release=$2 image=$1/image name word file list n=10
	[ -d "$image/lib/modules" ] || ln -sfn usr/lib "$image/lib"
	must depmod -b "$image" "$release"
	list=$(for name in $BOOT_MODULES; do
		must modprobe -d "$image" -S "$release" --show-depends "$name"
	done) || exit
	while read -r word file _; do
		[ "$word" = insmod ] || continue
		name=${file##*/}
		name=${name%%.ko*}
		compgen -G "$new/boot/??-$name.ko" >/dev/null && continue
		case $file in
		*.xz) must xz -dc "$file" ;;
		*.zst) must zstd -qdc "$file" ;;
		*) must cat "$file" ;;
		esac >"$new/boot/$n-$name.ko"
		n=$((n + 1))
	done <<<"$list"
}

# debian_relocate HEADERS ROOT: the flavour's Makefile includes its common
# tree by absolute path; let it find the one in the cache.
debian_relocate() {
	must sed -i "s|/usr/src/linux-headers|$2/usr/src/linux-headers|g" "$1/Makefile"
}
