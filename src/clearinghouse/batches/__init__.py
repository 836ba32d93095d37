"""Many contributions in one file: staged, compared with what stands, and applied as one."""
