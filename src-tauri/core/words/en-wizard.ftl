### The screens of the wizard: what their view models say.
