/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The subcommands. Each takes its own argv (argv[0] is "tokctl NAME") and
 * returns the exit status of the program, an enum status.
 */
#ifndef _COMMANDS_H
#define _COMMANDS_H

int cmd_compare_main(int argc, char **argv);
int cmd_list_main(int argc, char **argv);
int cmd_report_main(int argc, char **argv);
int cmd_run_main(int argc, char **argv);
int cmd_show_main(int argc, char **argv);
int cmd_stop_main(int argc, char **argv);
int cmd_verify_main(int argc, char **argv);

#endif /* _COMMANDS_H */
