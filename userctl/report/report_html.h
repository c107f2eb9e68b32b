/* SPDX-License-Identifier: GPL-2.0 */
/* Text on its way into a page, and into a script of gnuplot. */
#ifndef _REPORT_HTML_H
#define _REPORT_HTML_H

#include <stdio.h>

void html_text(FILE *f, const char *text);
void html_element(FILE *f, const char *open, const char *text,
		  const char *close);
void html_table(FILE *f, const char *caption);
void html_table_rows(FILE *f);
void html_table_end(FILE *f);
void plot_text(FILE *f, const char *text);
void plot_tick(FILE *f, const char *text);

#endif /* _REPORT_HTML_H */
