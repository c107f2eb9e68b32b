# shellcheck shell=bash
#
# module.sh - owns building tokbench.ko (and whatever else module/ yields) for
# one kernel, outside the source tree, and tokctl.
#
#	$CACHE/module/CHECKOUT/KERNEL/	a copy of Kbuild and module/, built
#		ko/			the results, without debug information
#
# One checkout serves any number of kernels and stays clean.

MODULE_DIR='' MODULE_KO=''

# build_module: for the kernel that KERNEL_* describes; sets MODULE_DIR, with all
# objects, and MODULE_KO.
build_module() {
	local dir
	[ -e "$REPO/Kbuild" ] && [ -d "$REPO/module" ] ||
		cannot "no Kbuild and module/ in $REPO" "to run without a module: --no-load"
	need build gcc make strip
	need lab rsync
	dir=$CACHE/module/$(echo "$REPO" | hash_of)/$KERNEL_ID
	with_lock "module-$(echo "$dir" | hash_of)" compile_module "$dir" || exit
	MODULE_DIR=$dir MODULE_KO=$dir/ko
}

compile_module() {
	local dir=$1 ko
	must mkdir -p "$dir"
	must rsync -a --no-times --checksum --delete \
		--exclude='*.o' --exclude='*.ko' --exclude='*.mod' --exclude='*.mod.c' --exclude='.*.cmd' \
		--exclude='.*.d' --exclude='*.a' --exclude=Module.symvers --exclude=modules.order --exclude=/ko \
		--exclude='/build.log' "$REPO/Kbuild" "$REPO/module" "$dir/"
	quietly "$dir/build.log" make -C "$KERNEL_BUILD" M="$dir" -j"$(nproc)" \
		"${KERNEL_MAKE[@]}" CONFIG_DEBUG_INFO_BTF_MODULES= W=1 KCFLAGS="${LAB_CFLAGS:-}" modules ||
		cannot "the module does not build for $KERNEL_RELEASE (above)"
	strip_modules "$dir/module" "$dir/ko"
}

# strip_modules FROM TO: another laboratory may be reading those in TO, so each
# is replaced as a whole and none is away for a moment.
strip_modules() {
	local ko
	must mkdir -p "$2"
	for ko in "$1"/*.ko; do
		must strip --strip-debug -o "$2/.${ko##*/}.new" "$ko"
		must mv -f "$2/.${ko##*/}.new" "$2/${ko##*/}"
	done
	for ko in "$2"/*.ko; do
		[ -e "$1/${ko##*/}" ] || must rm -f "$ko"
	done
}

# build_extra FOLDER: more modules, beside ours in MODULE_KO; not loaded.
build_extra() {
	local dir
	[ -e "$1/Kbuild" ] || cannot "no Kbuild in $1"
	dir=$CACHE/module/$(realpath "$1" | hash_of)/$KERNEL_ID
	with_lock "module-$(echo "$dir" | hash_of)" compile_extra "$1" "$dir" || exit
	EXTRA_KO=$dir/ko
}

compile_extra() {
	must mkdir -p "$2"
	must rsync -a --checksum "$1/" "$2/"
	quietly "$2/build.log" make -C "$KERNEL_BUILD" M="$2" \
		"${KERNEL_MAKE[@]}" CONFIG_DEBUG_INFO_BTF_MODULES= modules ||
		cannot "$1 does not build for $KERNEL_RELEASE (above)"
	strip_modules "$2" "$2/ko"
}

# build_tokctl: the tool, in its own folder, when there is one.
build_tokctl() {
	[ -e "$REPO/userctl/Makefile" ] || return 0
	need build gcc make
	with_lock "userctl-$(echo "$REPO" | hash_of)" \
		quietly "$CACHE/log/userctl.log" make -C "$REPO/userctl" ||
		cannot "tokctl does not build (above)" "type: scripts/deps build"
}
