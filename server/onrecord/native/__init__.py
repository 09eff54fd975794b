"""The native messaging host: what the browser runs when the button is pressed and no server answers."""
