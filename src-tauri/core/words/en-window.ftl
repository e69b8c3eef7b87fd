### What the page says by itself: labels of its own controls.
