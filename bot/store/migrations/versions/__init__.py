"""One module a migration, each able to go up, down and up again."""
