"""The thin ASGI front: pages from memory and the intake road, and Django for everything else."""
