show lists
