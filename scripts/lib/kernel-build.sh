# shellcheck shell=bash
#
# kernel-build.sh - owns kernels that are built from source (kernel-source.sh):
# configured, built once, cached by what they were made from.
#
#	$CACHE/kernel/ID/	ID ends in a hash: fragments, source, compiler
#		release tree/	tree: what module builds need, no more
#	$CACHE/build/ID/	a build under way; continued when it was interrupted
#
# Who wants one describes it in these variables and calls build_kernel:
#	BUILD_ID BUILD_NAME	the folder; what it is called in messages
#	BUILD_SOURCE		a Debian source package, a tarball or a folder
#	BUILD_ARCH		um or x86
#	BUILD_STEPS		lines of a build, for the percentage only
#	BUILD_PREPARE		a function, called with the unpacked tree, or empty
#	BUILD_KEEP		a function, called with the tree and the new
#				folder: copies the kernel there
#	BUILD_MAKE		array: more words for make
#	BUILD_FRAGMENTS		array: merged onto tinyconfig

BUILD_ID='' BUILD_NAME='' BUILD_SOURCE='' BUILD_ARCH='' BUILD_STEPS=0 BUILD_PREPARE='' BUILD_KEEP=''
BUILD_MAKE=() BUILD_FRAGMENTS=()

# build_hash VERSION FILE...: of all that decides what a kernel is.
build_hash() {
	local version=$1
	shift
	{ echo "$version"; gcc --version; grep -hvE '^#( |$)' "$@"; } | hash_of
}

# build_try: unless it is there already. The status is EX_UNFIT where the source
# does not take our changes or our configuration.
build_try() {
	[ -e "$CACHE/kernel/$BUILD_ID/release" ] || with_lock "$BUILD_ID" build_now
}

# build_kernel: the same, or the end.
build_kernel() {
	local status=0
	build_try || status=$?
	[ "$status" -ne "$EX_UNFIT" ] || status=$EX_CANNOT
	[ "$status" -eq 0 ] || exit "$status"
}

build_now() {
	local tree=$CACHE/build/$BUILD_ID log=$CACHE/build/$BUILD_ID.log new=$CACHE/kernel/.new-$BUILD_ID
	[ ! -e "$CACHE/kernel/$BUILD_ID/release" ] || return 0
	need lab gcc make flex bison bc xz rsync
	say "building a $BUILD_NAME kernel: once, some minutes on two processors"
	if [ ! -e "$tree/.unpacked" ]; then
		rm -rf "$tree"
		must mkdir -p "$tree"
		say "unpacking the source"
		must build_unpack "$tree"
		[ -z "$BUILD_PREPARE" ] || ("$BUILD_PREPARE" "$tree") ||
			build_unfit "cannot change the source as a $BUILD_NAME kernel needs it (above)"
		touch "$tree/.unpacked"
	fi
	quietly "$log" build_configure "$tree" || build_unfit "cannot configure the kernel (above)"
	if ! nice -n 5 make -C "$tree" ARCH="$BUILD_ARCH" -j"$(nproc)" "${BUILD_MAKE[@]}" 2>&1 |
		tee "$log" | progress "$BUILD_NAME kernel" "$BUILD_STEPS"; then
		grep -E -B2 -A6 'error:|Error [0-9]|undefined reference' "$log" | tail -n 60 >&2
		cannot "the kernel did not build (above; all of it in $log)"
	fi
	rm -rf "$new"
	must mkdir -p "$new/tree"
	"$BUILD_KEEP" "$tree" "$new"
	must cp "$tree/include/config/kernel.release" "$new/release"
	rm -rf "$CACHE/kernel/${BUILD_ID:?}"
	must mv -T "$new" "$CACHE/kernel/$BUILD_ID"
	rm -rf "$tree" "$log"
	say "kernel ready: $CACHE/kernel/$BUILD_ID ($(du -sh "$CACHE/kernel/$BUILD_ID" | cut -f1))"
}

# build_unfit WHY
build_unfit() {
	rm -rf "$CACHE/build/${BUILD_ID:?}"
	die "$EX_UNFIT" "$1"
}

# build_unpack TREE: Debian's package, a tarball, or a folder.
build_unpack() {
	local skip=(--exclude='*/boot/dts' --exclude='*/drivers/gpu/drm/amd/include/*')
	case $BUILD_SOURCE in
	*.deb)
		dpkg-deb --fsys-tarfile "$BUILD_SOURCE" | tar -xO --wildcards '*/linux-source-*.tar.xz' |
			xz -dc -T0 | tar -x -C "$1" --strip-components=1 --wildcards "${skip[@]}"
		;;
	*.tar*) tar -x -f "$BUILD_SOURCE" -C "$1" --strip-components=1 --wildcards "${skip[@]}" ;;
	*) rsync -a --exclude=.git "$BUILD_SOURCE/" "$1/" && make -C "$1" ARCH="$BUILD_ARCH" mrproper >/dev/null ;;
	esac
}

# build_configure TREE: tinyconfig plus the fragments, every line of which must
# be there afterwards: Kconfig drops what it does not like without a word. A
# later fragment may overrule an earlier one.
build_configure() {
	local tree=$1 line symbol lost=0
	cd "$tree" && make ARCH="$BUILD_ARCH" tinyconfig &&
		ARCH=$BUILD_ARCH scripts/kconfig/merge_config.sh -m .config "${BUILD_FRAGMENTS[@]}" &&
		make ARCH="$BUILD_ARCH" olddefconfig || return
	while IFS= read -r line; do
		symbol=${line%%=*}
		case $line in
		*=n) ! grep -q "^$symbol=" .config || { echo "wanted $line"; lost=1; } ;;
		*) grep -qxF -- "$line" .config || { echo "wanted $line"; lost=1; } ;;
		esac
	done < <(cat "${BUILD_FRAGMENTS[@]}" | awk -F= '/^CONFIG_/ { v[$1] = $0 } END { for (s in v) print v[s] }')
	return "$lost"
}

# build_keep TREE NEW PATH...: of the source and what the build made of it.
build_keep() {
	local tree=$1 new=$2
	shift 2
	(cd "$tree" && must rsync -a --relative --prune-empty-dirs \
		--exclude='*.o' --exclude='*.a' --exclude='.*.cmd' --exclude=/include/dt-bindings \
		Makefile .config Module.symvers include scripts "$@" "$new/tree/") || exit
}
