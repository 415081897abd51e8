/** A learner of the demo's class. */
export interface Learner {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
}

/** A course of the demo, with the SCORM package behind it. */
export interface Course {
  packageId: string;
  dispatchId: string;
  id: string;
  title: string;
  /** SCORM 1.2 packages report one lesson status, and time as HHHH:MM:SS. */
  scormVersion: '1.2' | '2004';
  /** Of 100 points. */
  passingScore: number;
  minutes: number;
}

export const CLASS: readonly Learner[] = (
  [
    ['Ada', 'Okafor'],
    ['Jürgen', 'Weiß'],
    ['Mei', 'Tanaka'],
    ['Zoë', 'Lefèvre'],
    ['Mateo', 'Álvarez'],
    ['Priya', 'Raman'],
  ] as const
).map(([firstName, lastName], index) => ({
  id: `learner-${index + 1}`,
  firstName,
  lastName,
  email: `learner-${index + 1}@acme.example`,
}));

export const COURSES: readonly Course[] = [
  {
    packageId: 'pkg_fire_safety',
    dispatchId: 'dsp_headquarters',
    id: 'FIRE-01',
    title: 'Fire Safety at Work',
    scormVersion: '1.2',
    passingScore: 70,
    minutes: 18,
  },
  {
    packageId: 'pkg_data_protection',
    dispatchId: 'dsp_headquarters',
    id: 'COMP-2026',
    title: 'Data Protection 2026',
    scormVersion: '2004',
    passingScore: 80,
    minutes: 35,
  },
  {
    packageId: 'pkg_first_aid',
    dispatchId: 'dsp_warehouse',
    id: 'AID-02',
    title: 'First Aid Refresher',
    scormVersion: '2004',
    passingScore: 75,
    minutes: 25,
  },
];
