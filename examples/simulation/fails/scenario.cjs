const { simulate } = require('@netstrata/simulation');

/** A run that fails. */
exports.fail = () => simulate({ seed: 7 }).run(async (world) => {
  world.host('server').net.createServer().listen(80);
  await world.sleep(1);
  throw new Error('the run has failed');
});
