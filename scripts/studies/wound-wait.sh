# shellcheck shell=bash
#
# wound-wait - what it costs to take many locks in any order
#
# After Thomas Hellstrom's comparison of wound-wait with wait-die: Linux commit
# 08295b3b5bee, 2018, 800 of 100,000 locks, 4 and 16 threads; and, within what
# DragonFly allows a thread, 8 of 1,000. He counted rollbacks: about 100 for
# wound-wait against 150,000 for wait-die in 100,000 batches of 4 threads, 360,000
# against 450,000 of 16. order=same asks for a set in ascending order of its
# locks, order=random in none; the mutex always sorts first.

threads 4 16
compare() {
	columns 'order=params.order' 'threads=totals.threads' 'lock=lock' 'ops=totals.ops' \
		'restarts=totals.restarts*1000/totals.ops' 'failed=totals.attempts_failed*1000/totals.ops' \
		'undone=totals.tokens_undone*1000/totals.ops' \
		-- --order=same,random --cpus="$CPUS" --threads-per-cpu="$SHARE" --hold-ns=10us --think-ns=1us "$@"
}

locks=ww-wound,ww-die,mutex-trylock,mutex,token-backoff,token-handoff
note '800 of 100,000'
compare --lock=$locks --locks=100000 --set-size=800
note '8 of 1,000'
compare --lock=$locks,token-poll --locks=1000 --set-size=8

note <<'END'
Per 1000 operations: restarts (rollbacks) of a set, tries that failed, locks taken
and given back. A token's scheduler tries the whole set again in place of a restart.
token-poll is not asked for 800: every try then takes hundreds of tokens for nothing.
In ascending order, wound-wait restarts far less than wait-die with few threads, as
published. In random order that does not hold for large sets or many threads: a
wounded transaction learns of it at its next contended lock, which then comes soon.
END

few=${SHARE%%,*}
claim published 'of 8 locks in 1,000, four threads: wound-wait begins anew a tenth as often as wait-die, or less' \
	"count ww-wound / ww-die: restarts / ops <= 0.1 where locks=1000 threads_per_cpu=$few"
claim ascending 'in ascending order wound-wait begins anew less often than wait-die, whatever the set' \
	'count ww-wound / ww-die: restarts / ops < 1 where order=same'
claim handoff 'tokens that a release hands over give back less than wait-die, whatever the set' \
	'count token-handoff / ww-die: tokens_undone / ops < 1'
claim backoff 'tokens that back off as well' 'count token-backoff / ww-die: tokens_undone / ops < 1'
