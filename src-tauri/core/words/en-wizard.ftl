### The screens of the wizard: what their view models say.

wizard-rehearse-new-users = Rehearse as a new user
wizard-rehearse-migration = Rehearse a migration
wizard-leave-rehearsal = Leave rehearsal
