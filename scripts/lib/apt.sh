# shellcheck shell=bash
#
# apt.sh - owns the private APT: packages of a suite that the system does not
# use, fetched without touching the system's lists, status or archives, and
# without root.
#
# The mirror is the one the system already uses; only the suite differs. The
# system's own configuration (proxies and the like) stays in force, ours is
# read after it. dpkg's status is /dev/null, so that what is installed here
# never decides what is downloaded.

KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

# apt_configured: a line "URI SUITE" for each suite that the system uses.
apt_configured() {
	# shellcheck disable=SC2016 # apt-get expands these, not the shell
	apt-get indextargets --no-release-info \
		--format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		awk '$3 == "main" { print $1, $2 }'
}

# apt_mirror PATTERN: the first configured archive whose suite matches.
apt_mirror() {
	apt_configured | awk -v want="$1" '$2 ~ want && !seen { print $1; seen = 1 }'
}

# apt_suites: those that the system uses of the archives that apt_sources uses.
apt_suites() {
	apt_configured | awk -v main="$(apt_mirror '^[a-z]+$')" -v security="$(apt_mirror '-security$')" '
		$1 == main || $1 == security { print $2 }'
}

# apt_sources SUITES: one line for each suite, "X-security" from the security
# archive (left out when the system has none configured).
apt_sources() {
	local suite uri main
	main=$(apt_mirror '^[a-z]+$')
	[ -n "$main" ] || return 1
	for suite in $1; do
		uri=$main
		case $suite in
		*-security) uri=$(apt_mirror '-security$') ;;
		esac
		[ -z "$uri" ] || printf 'deb [signed-by=%s] %s %s main\n' "$KEYRING" "$uri" "$suite"
	done
}

# apt_usable: there is an APT that can tell Debian's packages from others.
apt_usable() {
	command -v apt-get >/dev/null ||
		cannot "no apt-get here to fetch kernels with" \
			"uml alone can do without: KSRC=/path/to/linux-7.x(.tar.xz) scripts/lab uml"
	[ -r "$KEYRING" ] || cannot "no $KEYRING" "type: apt-get install debian-archive-keyring"
}

# apt_open SUITES: make the private APT for them current; its lists are
# fetched when there are none or when they are older than a day.
apt_open() {
	local suites=$1 dir
	apt_usable
	dir=$CACHE/apt/${suites// /+}
	must mkdir -p "$dir"
	with_lock "apt-${dir##*/}" apt_update "$suites" "$dir" || exit
	APT_OPT=(-c "$dir/apt.conf" -q -q)
}

apt_update() {
	local suites=$1 dir=$2
	must mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/parts"
	apt_sources "$suites" >"$dir/sources.list" ||
		cannot "this system's APT has no Debian archive to take kernels from" \
			"add one to /etc/apt/sources.list, or for uml set KSRC=/path/to/linux-source"
	cat >"$dir/apt.conf" <<-END
		Dir::Etc::sourcelist "$dir/sources.list";
		Dir::Etc::sourceparts "$dir/parts";
		Dir::Etc::preferencesparts "$dir/parts";
		Dir::State::lists "$dir/lists";
		Dir::State::status "/dev/null";
		Dir::Cache "$dir/cache";
		APT::Sandbox::User "";
		APT::Get::List-Cleanup "false";
		Acquire::Languages "none";
		Acquire::IndexTargets::deb::Packages::KeepCompressed "true";
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
	END
	if [ -z "$(find "$dir/updated" -mtime -1 2>/dev/null)" ]; then
		say "reading package lists of $suites"
		quietly "$dir/update.log" apt-get -c "$dir/apt.conf" -q -q --error-on=any update ||
			cannot "cannot read the package lists of $suites (above)" \
				"check the network and /etc/apt/sources.list"
		touch "$dir/updated"
	fi
}

# apt_names PREFIX: the packages whose names begin so.
apt_names() { apt-cache "${APT_OPT[@]}" pkgnames "$1"; }

# apt_version PACKAGE: the candidate's version, empty when there is none.
apt_version() {
	apt-cache "${APT_OPT[@]}" show --no-all-versions "$1" 2>/dev/null |
		sed -n 's/^Version: //p'
}

# apt_depends PACKAGE: names of the packages it depends on.
apt_depends() {
	apt-cache "${APT_OPT[@]}" show --no-all-versions "$1" |
		sed -n 's/^Depends: //p' | tr ',|' '\n' | awk 'NF { print $1 }'
}

# apt_fetch DIR PACKAGE...: download the packages' files into DIR.
apt_fetch() {
	local dir=$1
	shift
	must mkdir -p "$dir"
	say "downloading $*"
	(cd "$dir" && quietly "$dir/download.log" apt-get "${APT_OPT[@]}" download "$@") ||
		cannot "download failed (above)" "check the network, then type the same command again"
}
