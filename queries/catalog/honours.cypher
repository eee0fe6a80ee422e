// title: 荣誉和得主 | Honours and who has them
// description: 奖项、称号和年份。
// description: Prizes and titles, and the years.
MATCH (winner)-[award:AWARDED {polarity: 'stated'}]->(honour:Honour)
RETURN honour.id AS honour_id, honour.name AS honour_name, winner.id AS id, winner.name AS name, winner.class AS class,
  award.year AS year, award.passages AS passages
ORDER BY honour_name, year, name, honour_id, id
