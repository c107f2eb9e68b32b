/* SPDX-License-Identifier: GPL-2.0 */
/*
 * about.h - texts that no run has to do with, see about.c
 */
#ifndef _TB_ABOUT_H
#define _TB_ABOUT_H

struct tb_text;

void tb_about_version(struct tb_text *t);
void tb_about_variants(struct tb_text *t);
void tb_about_error(struct tb_text *t);

#endif /* _TB_ABOUT_H */
