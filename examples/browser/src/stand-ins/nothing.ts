// For modules of Node's that drivers load and that nobody uses here.
export const spawn = undefined;
export default {};
