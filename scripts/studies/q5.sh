# shellcheck shell=bash
#
# q5 - recursion, any order, dropped while blocked: what do they cost, what do they save?
#
# The mail of June 2010: "I suppose you're seeing tokens as a good trade off between
# simplicity and scalability?" A mutex must not be held already, has to be taken in one
# order, and is kept over a sleep. What a token costs beside it: a pair of acquire and
# release alone and again within itself; sets of 1, 2 and 4 of 16 in any order, for which a
# mutex sorts or begins anew; and sections that sleep.

short 50 10
# What a lock costs alone is not what the simulated machine is good at, see tokbench-labs(7).
[ "${TOKBENCH_LAB-}" = sim ] || bench 6
run --lock=token-poll,token-backoff,token-handoff,mutex,mutex-trylock,ww-wound --cpus=0-1 --threads-per-cpu=2 \
	--locks=16 --set-size=1,2,4 --order=random --hold-ns=5us --think-ns=5us "${WINDOW[@]}"
short 200 60
run --lock=token-poll,token-handoff,lockmgr,mutex --cpus=0-1 --threads-per-cpu=4 --hold-ns=10us --think-ns=0 \
	--block-ns=1ms --block-every=1 "${WINDOW[@]}"

claim alone 'a token alone costs no more than a mutex' \
	'ratio token-poll / mutex: pair_ns <= 1 where again=0' 'ratio token-handoff / mutex: pair_ns <= 1 where again=0'
claim recursive 'to take a token that is already held costs at most 0.67 of a mutex' \
	'ratio token-poll[again=1] / mutex[again=0]: pair_ns <= 0.67' 'ratio token-handoff[again=1] / mutex[again=0]: pair_ns <= 0.67'
claim order 'sets in any order: tokens do at least 0.9 of what mutexes do that are sorted first' \
	'ratio token-poll / mutex: ops_per_s >= 0.9 where locks=16' 'ratio token-handoff / mutex: ops_per_s >= 0.9 where locks=16'
claim others 'and at least 0.9 of what the locks of Linux do that take any order' \
	'ratio token-handoff / mutex-trylock: ops_per_s >= 0.9 where locks=16' 'ratio token-handoff / ww-wound: ops_per_s >= 0.9 where locks=16'
claim sleep 'where the holder sleeps, tokens let the others in: four times the operations of a mutex, or more' \
	'ratio token-poll / mutex: ops_per_s >= 4 where block_ns=1000000' 'ratio token-handoff / mutex: ops_per_s >= 4 where block_ns=1000000'
claim stale 'the price: after nine sleeps of ten another thread was in the section' \
	'count token-poll,token-handoff: stale / blocks >= 0.9 where block_ns=1000000'

answer 'Sets in any order do {order} of what sorted mutexes do (handed over: {order.2}){order?, so any order is free|| (what decides: {order!})|}, and {others} of what mutexes do that try and begin anew; dropped while its holder sleeps, a token does {sleep} times the operations, and after {stale} of the sleeps another thread has been in{alone:; a pair of a token alone takes # of the time of a mutex}{recursive:, and # within itself}.'
picture 'Sets of 16 in any order, two CPUs' 'locks in a set' 'operations per second' set_size ops_per_s x 'locks=16'
