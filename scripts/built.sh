# Builds what has changed and passes on what the build says; where nothing has, there is nothing to say.
code=$({ { WIREIT_CACHE=none WIREIT_LOGGER=simple npm run --silent build; echo $? >&3; } 2>&1 | grep --line-buffered -v 'Already fresh' >&2; } 3>&1)
exit "$code"
