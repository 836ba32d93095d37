"""One index that rooms write to in the transaction of their change; reading it is per reader."""
