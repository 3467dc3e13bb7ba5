/** How `nodemailer` names itself to the server, unless it is told. */
export const hostname = (): string => location.hostname;
export const networkInterfaces = (): object => ({});
export default { hostname, networkInterfaces };
