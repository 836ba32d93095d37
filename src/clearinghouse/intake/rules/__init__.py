"""The procedure of the tray: its states, what arrives marked, how a reply is read. No Django."""
