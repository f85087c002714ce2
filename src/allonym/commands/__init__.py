"""The subcommands of `allonym`, one a file, each with a click command called `command`."""
