import { register } from './register/in-place.js';

export { register, unregister } from './register/in-place.js';

register();
