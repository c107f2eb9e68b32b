# shellcheck shell=bash
#
# q2 - what does a thread waste that loses its Nth token, and whom does it obstruct?
#
# The mail of June 2010: "if you lose a race to another thread that needs your Nth token,
# you just wasted time on taking (N - 1) tokens, possibly obstructing other threads that
# could use those tokens to move forward. I admit that in practice most threads will take
# the same tokens in the same order, so I don't expect that to be a big issue."
# Eight threads, sets of 2 to 8: the same tokens for all in the same order and in opposite
# ones, and some of 16 in any order.

threads 8
short 50 10
run --lock=token-poll,token-backoff,token-handoff --cpus="$CPUS" --threads-per-cpu="$SHARE" \
	--locks=4 --set-size=4 --order=same,opposite --hold-ns=2us --think-ns=2us "${WINDOW[@]}"
run --lock=token-poll,token-sorted,token-backoff,token-handoff,mutex-trylock,ww-die --cpus="$CPUS" \
	--threads-per-cpu="$SHARE" --locks=16 --set-size=2,4,8 --order=random,same --hold-ns=2us \
	--think-ns=2us "${WINDOW[@]}"

claim same 'threads that take the same tokens in the same order waste none: who loses, loses the first' \
	'count token-poll: tokens_undone == 0 where locks=4 order=same'
claim opposite 'threads that take them in opposite orders do waste some' \
	'count token-poll: tokens_undone > 0 where locks=4 order=opposite'
claim undone 'of 16 tokens in any order, the tokens of 2010 give back more than one token per operation' \
	'count token-poll: tokens_undone / ops > 1 where locks=16 order=random'
claim obstruct 'one failed try in a hundred or more was lost to a thread that then failed itself' \
	'count token-poll: fail_on_tentative / attempts_failed >= 0.01 where locks=16 order=random'
claim cost 'the tokens of 2010 do less than 0.9 of the operations in any order that they do in the same one' \
	'ratio token-poll[order=random] / token-poll[order=same]: ops_per_s < 0.9 where locks=16'
claim later 'tokens whose waiters are woken by a release give back less than one token in ten operations' \
	'count token-handoff: tokens_undone / ops < 0.1 where locks=16 order=random'

answer 'Threads that take the same tokens in the same order give back {same} of them{same?, as the mail expected||}; in any order the tokens of 2010 give back {undone} per operation, a share of {obstruct} of their failed tries is lost to a try that then fails itself{obstruct?, so they obstruct others|, so they hardly obstruct others| (a hundredth hangs on {obstruct!})|, which is undecided}, and they do {cost} times the operations that they do in the same order; tokens that a release hands over give back {later}.'
picture 'Sets of 16 tokens in any order' 'tokens in a set' 'given back per operation' set_size 'tokens_undone / ops' x \
	'locks=16 order=random'
