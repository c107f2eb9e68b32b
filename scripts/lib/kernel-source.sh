# shellcheck shell=bash
#
# kernel-source.sh - owns Debian's source packages of Linux: found in the suites,
# fetched, kept.
#
#	$CACHE/source/linux-source-SERIES_VERSION_all.deb
#
# A suite drops a series when it moves on to the next. So no series and no suite
# is relied on: the suites that the system uses and those below are searched, and
# what is kept goes on being used without a package list.

SOURCE_SUITES=(bookworm-backports trixie trixie-backports testing unstable)

# at_least A B: version A is B or later.
at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n1)" = "$2" ]; }

# series_of VERSION: 7.3.4-1 is of 7.3.
series_of() { cut -d. -f1,2 <<<"${1%%-*}"; }

# source_version DEB: Debian's version, out of the file's name.
source_version() {
	local version=${1##*/}
	version=${version#*_}
	echo "${version%_all.deb}"
}

# source_kept SERIES: path of the newest package of it that is here.
source_kept() { compgen -G "$CACHE/source/linux-source-${1}_*.deb" | sort -V | tail -n1; }

# source_deb SERIES SUITES: path of the source package; one that is there is
# good enough, --refresh looks for a newer one. SUITES come first.
source_deb() {
	local deb found suite
	deb=$(source_kept "$1") || true
	if [ -z "$deb" ] || [ -n "${REFRESH:-}" ]; then
		found=$(source_search "$1" "$1" "$2") || exit
		[ -n "$found" ] || found=$(source_search "$1" "$1") || exit
		[ -n "$found" ] || cannot "no linux-source-$1 in any of: $2 $(source_suites)"
		read -r _ _ suite <<<"$found"
		with_lock source source_fetch "$1" "$suite" || exit
		deb=$(source_kept "$1")
	fi
	echo "$deb"
}

# source_suites: where a search looks.
source_suites() {
	{ apt_suites; printf '%s\n' "${SOURCE_SUITES[@]}"; } | awk '!seen[$0]++' | paste -sd' '
}

# source_search MIN MAX [SUITES]: a line "SERIES VERSION SUITE" for each series
# from MIN to MAX (empty: any), the newest first, and of each the newest version.
# A suite that cannot be read is left out with a warning.
source_search() {
	local min=$1 max=$2 suites suite read_any=no found=()
	need lab apt-get dpkg-deb
	apt_usable
	suites=${3:-$(source_suites)}
	say "looking for the source of Linux $min${max:+ to $max} in $suites"
	for suite in $suites; do
		if ! (apt_open "$suite") 2>&1 | sed -n '/^lab: \(reading\|waiting\)/p' >&2; then
			warn "no package lists of $suite: left out"
			continue
		fi
		read_any=yes
		apt_open "$suite"
		mapfile -t -O "${#found[@]}" found < <(source_in "$suite" "$min" "$max")
	done
	[ "$read_any" = yes ] || cannot "cannot read the package lists of any of: $suites" \
		"check the network and /etc/apt/sources.list" \
		"uml alone can do without: KSRC=/path/to/linux-7.x(.tar.xz) scripts/lab uml"
	[ "${#found[@]}" -eq 0 ] ||
		printf '%s\n' "${found[@]}" | sort -s -k1,1Vr -k2,2Vr | awk '!seen[$1]++'
}

# source_in SUITE MIN MAX: the same of one suite, whose APT is open.
source_in() {
	local package series
	while IFS= read -r package; do
		series=${package#linux-source-}
		[[ $series =~ ^[0-9]+\.[0-9]+$ ]] && at_least "$series" "$2" || continue
		[ -z "$3" ] || at_least "$3" "$series" || continue
		echo "$series $(apt_version "$package") $1"
	done < <(apt_names linux-source-)
}

# source_fetch SERIES SUITE
source_fetch() {
	local package=linux-source-$1 new=$CACHE/source/.new-$1
	apt_open "$2"
	rm -rf "$new"
	apt_fetch "$new" "$package"
	must mv "$new/$package"_*.deb "$CACHE/source/"
	rm -rf "$new"
}
