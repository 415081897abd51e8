import { Decimal } from '../fields/number.js';
import { Optional } from '../fields/optional.js';
import { LearningData } from './learning.data.js';

/** What was learned, with scores in SCORM's terms. That min ≤ raw ≤ max is for `scoresInOrder` to say. */
export class ScoreData extends LearningData {
  @Optional()
  @Decimal('The score on a scale from −1 to 1.', -1, 1)
  scoreScaled?: number;

  @Optional()
  @Decimal('The score as the course counts it, between scoreMin and scoreMax.')
  scoreRaw?: number;

  @Optional()
  @Decimal('The lowest score that the course gives.')
  scoreMin?: number;

  @Optional()
  @Decimal('The highest score that the course gives.')
  scoreMax?: number;
}
