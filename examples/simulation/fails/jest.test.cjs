const { fail } = require('./scenario.cjs');

test('fails', fail);
