/** Ends the process with one clear sentence when Node is too old to run Riparo. */
export const checkNode = (version = process.versions.node) => {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Riparo needs Node.js 20.19 or newer; this is ${version} (${process.execPath}).\n`);
  process.exit(1);
};
