import fc from 'fast-check';

// A property that was not tried once is a failure: so long it may take on a machine that is busy.
fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: 2000, markInterruptAsFailure: false });
