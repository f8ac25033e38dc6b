"""Views: each makes one table of the Book."""
