"""The command line: options become one library call, results become words. Only this package prints."""
