import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/**
 * Makes a folder, and those it lies in, where they are missing; fails where that is impossible. Node's own way of doing so goes on for
 * ever below folders in which nothing can be made, such as `/proc`.
 * @param mode of each folder that is made (as the process makes folders when left out)
 */
export const makeFolder = async (folder: string, mode?: number): Promise<void> => {
  const make = () =>
    mkdir(folder, mode).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
    });
  await make().catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder), mode);
    await make();
  });
};

/** The folder of this installation cannot be made, or not be written in; the message names the remedy. */
export class UnusableHome extends Error {}

/** Makes the folder of this installation where it is missing. @throws UnusableHome */
export const makeHome = async (home: string): Promise<void> => {
  try {
    await makeFolder(home);
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UnusableHome(
      `PUENTE_HOME=${home} cannot be used (${(error as Error).message}): choose a folder that this account can write in`,
    );
  }
};
