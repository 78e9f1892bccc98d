"""What the project claims about speed, for anyone to run: `script/bench`."""
