/* SPDX-License-Identifier: GPL-2.0 */
/*
 * paths.h - the uncontended paths of a generation, by the names that
 * core/generations.h lists
 */
#ifndef _LWKT_TOKEN_PATHS_H
#define _LWKT_TOKEN_PATHS_H

/*
 * The paths of the generation @name, of the functions that its token word has:
 * @word is ptr (ptr_word.h) or count (count_word.h). What differs between the
 * generations with one word is handed to these as a constant: its number, and
 * lwkt_NAME_contended(), which is called directly.
 */
#define LWKT_PATHS(name, word)                                                \
	/* See lwkt_gettoken(). */                                            \
	static __always_inline int                                            \
		lwkt_##name##_gettoken(struct lwkt_thread *td,                \
				       struct lwkt_token *tok)                \
	{                                                                     \
		return lwkt_##word##_gettoken(td, tok,                        \
					      lwkt_##name##_contended);       \
	}                                                                     \
	/* See lwkt_gettoken_shared(). */                                     \
	static __always_inline int                                            \
		lwkt_##name##_gettoken_shared(struct lwkt_thread *td,         \
					      struct lwkt_token *tok)         \
	{                                                                     \
		return lwkt_##word##_gettoken_shared(td, tok,                 \
						     lwkt_##name##_contended, \
						     LWKT_GEN_##name);        \
	}                                                                     \
	/* See lwkt_trytoken(). */                                            \
	static __always_inline bool                                           \
		lwkt_##name##_trytoken(struct lwkt_thread *td,                \
				       struct lwkt_token *tok)                \
	{                                                                     \
		return lwkt_##word##_trytoken(td, tok);                       \
	}                                                                     \
	/* See lwkt_reltoken(). */                                            \
	static __always_inline int                                            \
		lwkt_##name##_reltoken(struct lwkt_thread *td,                \
				       struct lwkt_token *tok)                \
	{                                                                     \
		return lwkt_##word##_reltoken(td, tok, LWKT_GEN_##name);      \
	}                                                                     \
	/* For lwkt_token_swap(). */                                          \
	static inline void lwkt_##name##_swapped(struct lwkt_thread *td,      \
						 struct lwkt_tokref *a,       \
						 struct lwkt_tokref *b)       \
	{                                                                     \
		lwkt_words_swapped(a, b);                                     \
	}

#endif /* _LWKT_TOKEN_PATHS_H */
