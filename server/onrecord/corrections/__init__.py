"""What the reader says is wrong: kept on this machine, put over every later analysis of the same article."""
