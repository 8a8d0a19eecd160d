import { setTimeout as pause } from 'node:timers/promises';

const patience = 60_000;

/** Asks again and again. @throws otherwise, after a minute */
export const eventually = async (otherwise: string, holds: () => Promise<boolean>): Promise<void> => {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > patience) throw new Error(otherwise);
    await pause(20);
  }
};

/** What resolves within a minute. @throws otherwise */
export const within = async (otherwise: string, work: (resolve: () => void) => void): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(otherwise)), patience);
      work(resolve);
    });
  } finally {
    clearTimeout(timer);
  }
};
