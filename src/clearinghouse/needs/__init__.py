"""The matrix of needs: State by area, with origin, consent and status."""
