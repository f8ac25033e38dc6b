"""The commands, one module each, found by searching this package: parse, call, print, exit."""
