# shellcheck shell=bash
#
# any-order - two of eight locks, asked for in any order
#
# The mail of June 2010 says of lwkt_getalltokens() that a thread that loses the race for
# its Nth token has taken the others for nothing. Every lock that can hold two
# at once does the same operations here; a lock that is bound to one order for
# all takes the set in that order (set order: same).

columns 'lock=lock' 'set order=certificate.set_order' '~ops/s=totals.ops*1000000000/totals.window_ns' \
	'Jain=totals.jain_ops' 'failed/1000=totals.attempts_failed*1000/totals.ops' \
	'undone/1000=totals.tokens_undone*1000/totals.ops' 'restarts/1000=totals.restarts*1000/totals.ops' \
	-- --lock=all --threads-per-cpu=2 --locks=8 --set-size=2 --order=random --hold-ns=5us --think-ns=5us

note <<'END'
Per 1000 operations: tries that did not get what they asked for, locks taken and given
back, sets begun anew; "-" where a lock has no such thing. A thread that waits for
tokens begins nothing anew: its scheduler tries the whole set again, which is in failed
and undone.
END

claim undone 'a thread that loses its second token has taken the first for nothing: the tokens of 2010 give some back' \
	'count token-poll: tokens_undone > 0'
claim handoff 'tokens that a release hands over give back less than one in ten operations' \
	'count token-handoff: tokens_undone / ops < 0.1'
claim anew 'mutexes that are tried and dropped begin sets anew' 'count mutex-trylock: restarts > 0'
