// title: 任务和责任单位 | Tasks and who is responsible
// description: 一份文档里的任务，牵头和责任单位各一行。
// description: The tasks of a document, a row for each unit and its role.
// parameter: document string = document:work-plan.txt | 文档的 id | id of the document
MATCH (task:Task)-[:IN_DOCUMENT]->(document:Document {id: $document})
OPTIONAL MATCH (unit:Institution|Park)-[duty:RESPONSIBLE_FOR {polarity: 'stated'}]->(task)
RETURN task.id AS id, task.number AS number, task.name AS name, unit.id AS unit_id, unit.name AS unit_name, duty.role AS role
ORDER BY id, role, unit_name, unit_id
