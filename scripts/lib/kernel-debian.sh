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
#		libc/		where this machine's C library is too old for the
#				programs in root/: the one they were built for
#	$CACHE/kernel/6.1	symbolic link to the folder in use
#
# A folder appears by rename when it is complete.

DEBIAN_KERNELS='6.1 6.1-rt 6.12 6.12-rt 7.3 7.3-rt'

# What it takes to reach the host's root over virtio and to talk back.
BOOT_MODULES='virtio_pci virtio_console 9pnet_virtio 9p overlay'

# debian_suites K: the suites that carry a kernel series.
debian_suites() {
	case $1 in
	6.1 | 6.1-*) echo bookworm bookworm-updates bookworm-security ;;
	6.12 | 6.12-*) echo bookworm-backports ;;
	7.3 | 7.3-*) echo trixie-backports ;;
	*) return 1 ;;
	esac
}

# debian_make K: words for make, beside those that all kernels get. From 7.x on
# the headers name the compiler of their suite, and what it can do.
debian_make() {
	case $1 in
	7.*)
		echo CC=gcc
		[ "$(gcc -dumpversion)" -ge 14 ] || echo CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=
		;;
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
	mapfile -t KERNEL_MAKE < <(debian_make "$k")
}

debian_unpack() {
	local k=$1 flavour=amd64 image release version headers dir new root suites deb
	local packages=() images=()
	[ ! -e "$CACHE/kernel/$k/release" ] || [ -n "${REFRESH:-}" ] || return 0
	suites=$(debian_suites "$k")
	[ "$k" = "${k%-rt}" ] || flavour=rt-amd64
	apt_open "$suites"
	image=$(apt_depends "linux-image-$flavour" | grep -m1 "^linux-image-[0-9].*-$flavour") ||
		cannot "no kernel $k in $suites"
	release=${image#linux-image-}
	[[ $release == "${k%-rt}".* ]] || warn "$k is not in $suites any more; this is $release"
	version=$(apt_version "$image")
	headers=linux-headers-$release
	dir=$CACHE/kernel/debian-${release}_${version}
	if [ ! -e "$dir/release" ]; then
		mapfile -t packages < <(apt_depends "$headers" | grep -E '^linux-(headers|kbuild)-')
		[ "${#packages[@]}" -ge 2 ] || cannot "$headers names no common headers and no kbuild"
		# From 7.1 on the image is a package of packages.
		mapfile -t images < <(apt_depends "$image" | grep -E '^linux-(base|binary|modules)-')
		[ "${#images[@]}" -gt 0 ] || images=("$image")
		new=$CACHE/kernel/.new-$k
		root=$new/root
		rm -rf "$new"
		must mkdir -p "$root" "$new/boot"
		apt_fetch "$new/deb" "${images[@]}" "$headers" "${packages[@]}"
		say "unpacking $release"
		for image in "${images[@]}"; do
			must dpkg-deb -x "$new/deb/$image"_*.deb "$new/image"
		done
		must cp "$(debian_image "$new/image" "$release")" "$new/vmlinuz"
		debian_boot_modules "$new" "$release"
		for deb in "$new"/deb/linux-headers-*.deb "$new"/deb/linux-kbuild-*.deb; do
			must dpkg-deb -x "$deb" "$root"
		done
		debian_relocate "$root/usr/src/$headers" "$dir/root"
		debian_libc "$new" "$dir" "${suites%-backports}"
		rm -rf "$new/image" "$new/deb"
		echo "$release" >"$new/release"
		rm -rf "$dir"
		must mv -T "$new" "$dir"
	fi
	must ln -sfn "${dir##*/}" "$CACHE/kernel/.link-$k"
	must mv -T "$CACHE/kernel/.link-$k" "$CACHE/kernel/$k"
}

# debian_image IMAGE RELEASE: where the kernel is; it moved with 7.1.
debian_image() {
	local file=$1/usr/lib/modules/$2/vmlinuz
	[ -e "$file" ] || file=$1/boot/vmlinuz-$2
	echo "$file"
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

# debian_libc NEW DIR SUITE: programs of the headers that need a newer C library
# than there is here are run with that of their own suite. DIR is where NEW will
# stand.
debian_libc() {
	local new=$1 dir=$2 lib=usr/lib/x86_64-linux-gnu tool deb tools=()
	while IFS= read -r tool; do
		[[ $(ldd "$tool" 2>&1 || true) != *GLIBC_*'not found'* ]] || tools+=("$tool")
	done < <(find "$new/root" -type f -perm /u+x ! -name '*.*sh')
	[ "${#tools[@]}" -gt 0 ] || return 0
	apt_open "$3"
	apt_fetch "$new/deb" libc6 libelf1t64 zlib1g libzstd1
	must mkdir -p "$new/libc"
	for deb in "$new"/deb/libc6_* "$new"/deb/libelf1t64_* "$new"/deb/zlib1g_* "$new"/deb/libzstd1_*; do
		must dpkg-deb -x "$deb" "$new/image"
	done
	must cp -P "$new/image/$lib"/*.so* "$new/libc/"
	for tool in "${tools[@]}"; do
		must mv "$tool" "$tool.elf"
		debian_wrapper "$dir/libc" "$dir${tool#"$new"}.elf" >"$tool"
		must chmod 755 "$tool"
	done
}

# debian_wrapper LIBC PROGRAM
debian_wrapper() {
	printf '#!/bin/sh\nexec %q --library-path %q %q "$@"\n' "$1/ld-linux-x86-64.so.2" "$1" "$2"
}
