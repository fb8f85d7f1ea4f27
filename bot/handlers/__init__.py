"""One module per thing a resident or grid worker can do; `registry` lists them in order."""
