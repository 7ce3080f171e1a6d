# The staff side and one's own pages.

staff-home-nav = Today
staff-home = What needs you today
me-nav = You
staff-nothing = Nothing waits for you
staff-nothing-more = What needs a decision of yours is listed here, the most pressing first.
