"""Clearinghouse: the working memory of an intergovernmental committee."""
