CREATE TABLE migration (name text NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO migration VALUES('index seriesClockByFire');
INSERT INTO migration VALUES('index seriesOfCreator');
INSERT INTO migration VALUES('index taskByDue');
INSERT INTO migration VALUES('index taskOfContact');
INSERT INTO migration VALUES('index taskOfCreator');
INSERT INTO migration VALUES('index taskOfLocationByDue');
INSERT INTO migration VALUES('index taskOfSlot');
INSERT INTO migration VALUES('sqlite statistics');
INSERT INTO migration VALUES('sqlite statistics in use');
INSERT INTO migration VALUES('sqlite statistics of tasks');
INSERT INTO migration VALUES('table category');
INSERT INTO migration VALUES('table change');
INSERT INTO migration VALUES('table contact');
INSERT INTO migration VALUES('table contactShare');
INSERT INTO migration VALUES('table directoryName');
INSERT INTO migration VALUES('table location');
INSERT INTO migration VALUES('table member');
INSERT INTO migration VALUES('table numberBlock');
INSERT INTO migration VALUES('table series');
INSERT INTO migration VALUES('table seriesClock');
INSERT INTO migration VALUES('table task');
INSERT INTO migration VALUES('table taskTotal');
INSERT INTO migration VALUES('table team');
INSERT INTO migration VALUES('table teamMember');
INSERT INTO migration VALUES('table token');
CREATE TABLE numberBlock (
    name text NOT NULL PRIMARY KEY,
    nextNumber integer NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO numberBlock VALUES('task',1001);
CREATE TABLE location (
    shard integer NOT NULL,
    locationID text NOT NULL,
    name text NOT NULL,
    timeZone text NOT NULL,
    changeNumber integer NOT NULL,
    deletedAt integer,
    PRIMARY KEY (shard, locationID)
) STRICT, WITHOUT ROWID;
INSERT INTO location VALUES(255,'ve9EPM428h8vShlRW1KT','Acme Realty','America/Los_Angeles',8,NULL);
CREATE TABLE directoryName (
    kind text NOT NULL,
    name text NOT NULL ,
    shard integer NOT NULL,
    locationID text NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
INSERT INTO directoryName VALUES('category','6',255,'ve9EPM428h8vShlRW1KT',6);
INSERT INTO directoryName VALUES('contact','10',255,'ve9EPM428h8vShlRW1KT',10);
INSERT INTO directoryName VALUES('contact','2',255,'ve9EPM428h8vShlRW1KT',2);
INSERT INTO directoryName VALUES('contact','3',255,'ve9EPM428h8vShlRW1KT',3);
INSERT INTO directoryName VALUES('contactPublic','Nf2jU7bOv5EqI9rCz8Mt',255,'ve9EPM428h8vShlRW1KT',3);
INSERT INTO directoryName VALUES('contactPublic','a0LxH6pSg4WdP1nKy3Jv',255,'ve9EPM428h8vShlRW1KT',10);
INSERT INTO directoryName VALUES('contactPublic','sx6wyHhbFdRXh302LLNR',255,'ve9EPM428h8vShlRW1KT',2);
INSERT INTO directoryName VALUES('location','ve9EPM428h8vShlRW1KT',255,'ve9EPM428h8vShlRW1KT',0);
INSERT INTO directoryName VALUES('team','1',255,'ve9EPM428h8vShlRW1KT',1);
INSERT INTO directoryName VALUES('user','1',255,'ve9EPM428h8vShlRW1KT',1);
INSERT INTO directoryName VALUES('user','10',255,'ve9EPM428h8vShlRW1KT',10);
INSERT INTO directoryName VALUES('user','16',255,'ve9EPM428h8vShlRW1KT',16);
INSERT INTO directoryName VALUES('user','2',255,'ve9EPM428h8vShlRW1KT',2);
INSERT INTO directoryName VALUES('user','5',255,'ve9EPM428h8vShlRW1KT',5);
INSERT INTO directoryName VALUES('user','8',255,'ve9EPM428h8vShlRW1KT',8);
INSERT INTO directoryName VALUES('userPublic','Qm4tZ8wLr1VbN6yXc3Ka',255,'ve9EPM428h8vShlRW1KT',2);
INSERT INTO directoryName VALUES('userPublic','W1cX4mKd8QaF3lYt0Ghs',255,'ve9EPM428h8vShlRW1KT',16);
INSERT INTO directoryName VALUES('userPublic','Yb3vA6xMq8ZcD1iLf4Uw',255,'ve9EPM428h8vShlRW1KT',8);
INSERT INTO directoryName VALUES('userPublic','d7GfJ2sHp9TnW5uEk0Ro',255,'ve9EPM428h8vShlRW1KT',5);
INSERT INTO directoryName VALUES('userPublic','hxHGVRb1YJUscrCB8eXK',255,'ve9EPM428h8vShlRW1KT',1);
INSERT INTO directoryName VALUES('userPublic','k5PzT9hRe2JgS7oBn6Vy',255,'ve9EPM428h8vShlRW1KT',10);
CREATE TABLE member (
    shard integer NOT NULL,
    locationID text NOT NULL,
    userID integer NOT NULL,
    publicID text NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    timeZone text,
    deletedAt integer,
    PRIMARY KEY (shard, locationID, userID)
) STRICT, WITHOUT ROWID;
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',1,'hxHGVRb1YJUscrCB8eXK','Ana Lopez','ana@acme.example','+15550100','UTC',NULL);
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',2,'Qm4tZ8wLr1VbN6yXc3Ka','Ben Carter','ben@acme.example','+15550101',NULL,NULL);
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',5,'d7GfJ2sHp9TnW5uEk0Ro','Chloe Nguyen','chloe@acme.example','+15550102',NULL,NULL);
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',8,'Yb3vA6xMq8ZcD1iLf4Uw','David Okafor','david@acme.example','+15550103',NULL,NULL);
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',10,'k5PzT9hRe2JgS7oBn6Vy','Elena Rossi','elena@acme.example','+15550104','America/New_York',NULL);
INSERT INTO member VALUES(255,'ve9EPM428h8vShlRW1KT',16,'W1cX4mKd8QaF3lYt0Ghs','Frank Miller','frank@acme.example','+15550105',NULL,NULL);
CREATE TABLE team (
    shard integer NOT NULL,
    locationID text NOT NULL,
    teamID integer NOT NULL,
    name text NOT NULL,
    isSharing integer NOT NULL,
    deletedAt integer,
    PRIMARY KEY (shard, locationID, teamID)
) STRICT, WITHOUT ROWID;
INSERT INTO team VALUES(255,'ve9EPM428h8vShlRW1KT',1,'Buyers and sellers',1,NULL);
CREATE TABLE teamMember (
    shard integer NOT NULL,
    locationID text NOT NULL,
    userID integer NOT NULL,
    teamID integer NOT NULL,
    PRIMARY KEY (shard, locationID, userID, teamID)
) STRICT, WITHOUT ROWID;
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',1,1);
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',2,1);
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',5,1);
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',8,1);
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',10,1);
INSERT INTO teamMember VALUES(255,'ve9EPM428h8vShlRW1KT',16,1);
CREATE TABLE contact (
    shard integer NOT NULL,
    locationID text NOT NULL,
    contactID integer NOT NULL,
    publicID text NOT NULL,
    firstName text,
    lastName text,
    email text,
    phone text,
    business text,
    ownerID integer,
    assigneeID integer,
    deletedAt integer,
    PRIMARY KEY (shard, locationID, contactID)
) STRICT, WITHOUT ROWID;
INSERT INTO contact VALUES(255,'ve9EPM428h8vShlRW1KT',2,'sx6wyHhbFdRXh302LLNR','Stacy','Buyer','stacy@example.com','+15550120',NULL,1,2,NULL);
INSERT INTO contact VALUES(255,'ve9EPM428h8vShlRW1KT',3,'Nf2jU7bOv5EqI9rCz8Mt','Greg','Seller','greg@example.com','+15550121',NULL,2,NULL,NULL);
INSERT INTO contact VALUES(255,'ve9EPM428h8vShlRW1KT',10,'a0LxH6pSg4WdP1nKy3Jv','Hannah','Weiss','hannah@example.com','+15550122','Weiss Bakery',5,10,NULL);
CREATE TABLE contactShare (
    shard integer NOT NULL,
    locationID text NOT NULL,
    contactID integer NOT NULL,
    userID integer NOT NULL,
    PRIMARY KEY (shard, locationID, contactID, userID)
) STRICT, WITHOUT ROWID;
INSERT INTO contactShare VALUES(255,'ve9EPM428h8vShlRW1KT',3,1);
CREATE TABLE category (
    shard integer NOT NULL,
    locationID text NOT NULL,
    categoryID integer NOT NULL,
    name text NOT NULL ,
    ownerID integer,
    createdAt integer NOT NULL,
    modifiedAt integer NOT NULL,
    deletedAt integer,
    PRIMARY KEY (shard, locationID, categoryID)
) STRICT, WITHOUT ROWID;
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',1,'Call',NULL,1795810646840598,1795810646840598,NULL);
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',2,'Email',NULL,1795810646840598,1795810646840598,NULL);
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',3,'Text',NULL,1795810646840598,1795810646840598,NULL);
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',4,'Meeting',NULL,1795810646840598,1795810646840598,NULL);
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',5,'Other',NULL,1795810646840598,1795810646840598,NULL);
INSERT INTO category VALUES(255,'ve9EPM428h8vShlRW1KT',6,'Open house',1,1795810646840598,1795810646840598,NULL);
CREATE TABLE token (
    digest blob NOT NULL PRIMARY KEY,
    hint text NOT NULL,
    shard integer NOT NULL,
    locationID text NOT NULL,
    userID integer,
    scopes text,
    createdAt integer NOT NULL,
    expiresAt integer,
    revokedAt integer
) STRICT, WITHOUT ROWID;
INSERT INTO token VALUES(X'3c9d807dae985a8d00b1995e5de7e0d3fb5915fbf37aaf9d696f54910adc2efb','e950...2e68',255,'ve9EPM428h8vShlRW1KT',1,NULL,1795810646840598,NULL,NULL);
INSERT INTO token VALUES(X'ba71d5e83c355c6c007d94dba7c18e3c4ba3a95a79df0cbd49def0f97ebc53dd','pit-4289...4129',255,'ve9EPM428h8vShlRW1KT',NULL,NULL,1795810646840598,NULL,NULL);
CREATE TABLE series (
    shard integer NOT NULL,
    locationID text NOT NULL,
    seriesID integer NOT NULL,
    creatorID integer,
    title text NOT NULL ,
    body text NOT NULL ,
    assigneeID integer,
    contactID integer,
    categoryID integer,
    reminder integer NOT NULL,
    isAllDay integer NOT NULL,
    notifiesAssignee integer NOT NULL,
    startLocal integer NOT NULL,
    timeZone text NOT NULL,
    ruleText text ,
    dueSchedule text,
    catchUp integer NOT NULL,
    whileOverdue integer NOT NULL,
    isDeleted integer NOT NULL,
    createdAt integer NOT NULL,
    modifiedAt integer NOT NULL,
    PRIMARY KEY (shard, locationID, seriesID)
) STRICT, WITHOUT ROWID;
INSERT INTO series VALUES(255,'ve9EPM428h8vShlRW1KT',6,1,'Team meeting','',1,NULL,4,1,0,1,1795770000,'UTC','FREQ=WEEKLY;BYDAY=MO,TH',NULL,2,1,0,1795810646840598,1795810646840598);
INSERT INTO series VALUES(255,'ve9EPM428h8vShlRW1KT',112,1,'Call Greg: any news from the bank?','',2,3,1,1,0,1,1795960800,'UTC','FREQ=WEEKLY;INTERVAL=2;COUNT=6',NULL,2,1,0,1795810646840598,1795810646840598);
INSERT INTO series VALUES(255,'ve9EPM428h8vShlRW1KT',119,1,'Email Stacy on her buying anniversary','',1,2,2,1,0,1,1796216400,'UTC','FREQ=YEARLY;INTERVAL=1;COUNT=5',NULL,2,1,0,1795810646840598,1795810646840598);
INSERT INTO series VALUES(255,'ve9EPM428h8vShlRW1KT',200,1,'Water the plants','In the lobby',1,NULL,NULL,0,0,0,1795770000,'UTC','FREQ=DAILY','{"dueAfter":600,"timeZone":"UTC","contactIDs":[2],"ownerIDs":[1]}',1,1,0,1795810646840598,1795810646840598);
CREATE TABLE seriesClock (
    shard integer NOT NULL,
    locationID text NOT NULL,
    seriesID integer NOT NULL,
    materializedThrough integer NOT NULL,
    nextAt integer,
    fireAt integer,
    occurrenceCount integer NOT NULL,
    PRIMARY KEY (shard, locationID, seriesID)
) STRICT, WITHOUT ROWID;
INSERT INTO seriesClock VALUES(255,'ve9EPM428h8vShlRW1KT',6,1827133200,1827478800000000,1795897046840598,0);
INSERT INTO seriesClock VALUES(255,'ve9EPM428h8vShlRW1KT',200,1795770000,NULL,1795856400000000,1);
CREATE TABLE task (
    shard integer NOT NULL,
    locationID text NOT NULL,
    taskID integer NOT NULL,
    seriesID integer,
    recurrenceID integer,
    slotContactID integer NOT NULL,
    creatorID integer,
    title text ,
    body text ,
    assigneeID integer,
    contactID integer,
    categoryID integer,
    reminder integer NOT NULL,
    isAllDay integer NOT NULL,
    notifiesAssignee integer NOT NULL,
    dueAt integer NOT NULL,
    dueLocal integer NOT NULL,
    timeZone text NOT NULL,
    state integer NOT NULL,
    createdAt integer NOT NULL,
    modifiedAt integer NOT NULL,
    PRIMARY KEY (shard, locationID, taskID),
    CHECK ((seriesID IS NULL) = (recurrenceID IS NULL)),
    CHECK (seriesID IS NOT NULL OR (title IS NOT NULL AND body IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',1,NULL,NULL,0,1,'Send Stacy the signed offer','',1,2,2,1,0,1,1795708800000000,1795708800,'UTC',1,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',2,NULL,NULL,0,1,'Call Stacy about the inspection report','',1,2,1,1,0,1,1795773600000000,1795773600,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',3,NULL,NULL,0,1,'Text Greg the times of the viewings','',1,3,3,1,0,1,1795791600000000,1795791600,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',4,NULL,NULL,0,1,'Email Hannah the closing documents','',10,10,2,1,0,1,1795856400000000,1795856400,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',5,NULL,NULL,0,1,'Open house on Alder Street','',1,NULL,6,1,0,1,1795863600000000,1795863600,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',7,6,1795770000,0,1,NULL,NULL,1,NULL,4,1,0,1,1795770000000000,1795770000,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',8,6,1796029200,0,1,NULL,NULL,1,NULL,4,1,0,1,1796029200000000,1796029200,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',9,6,1796288400,0,1,NULL,NULL,1,NULL,4,1,0,1,1796288400000000,1796288400,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',113,112,1795960800,0,1,NULL,NULL,2,3,1,1,0,1,1795960800000000,1795960800,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',120,119,1796216400,0,1,NULL,NULL,1,2,2,1,0,1,1796216400000000,1796216400,'UTC',3,1795810646840598,1795810646840598);
INSERT INTO task VALUES(255,'ve9EPM428h8vShlRW1KT',201,200,1795770000,2,1,'Water the plants','In the lobby',1,2,NULL,0,0,0,1795770600000000,1795770600,'UTC',1,1795810646840598,1795810646840598);
CREATE TABLE taskTotal (
    shard integer NOT NULL,
    locationID text NOT NULL,
    creatorID integer NOT NULL,
    state integer NOT NULL,
    total integer NOT NULL,
    PRIMARY KEY (shard, locationID, creatorID, state)
) STRICT, WITHOUT ROWID;
INSERT INTO taskTotal VALUES(255,'ve9EPM428h8vShlRW1KT',1,1,2);
INSERT INTO taskTotal VALUES(255,'ve9EPM428h8vShlRW1KT',1,3,9);
CREATE TABLE change (
    shard integer NOT NULL,
    locationID text NOT NULL,
    changeNumber integer NOT NULL,
    changedAt integer NOT NULL,
    actorID integer,
    kind integer NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (shard, locationID, changeNumber)
) STRICT, WITHOUT ROWID;
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',1,1795810646840598,1,1,'{"tasks":[{"id":1,"after":{"creatorID":1,"title":"Send Stacy the signed offer","body":"","assigneeID":1,"contactID":2,"categoryID":2,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"dueAt":1795708800000000,"dueLocal":1795708800,"timeZone":"UTC","state":1,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',2,1795810646840598,1,1,'{"tasks":[{"id":2,"after":{"creatorID":1,"title":"Call Stacy about the inspection report","body":"","assigneeID":1,"contactID":2,"categoryID":1,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"dueAt":1795773600000000,"dueLocal":1795773600,"timeZone":"UTC","state":3,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',3,1795810646840598,1,1,'{"tasks":[{"id":3,"after":{"creatorID":1,"title":"Text Greg the times of the viewings","body":"","assigneeID":1,"contactID":3,"categoryID":3,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"dueAt":1795791600000000,"dueLocal":1795791600,"timeZone":"UTC","state":3,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',4,1795810646840598,1,1,'{"tasks":[{"id":4,"after":{"creatorID":1,"title":"Email Hannah the closing documents","body":"","assigneeID":10,"contactID":10,"categoryID":2,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"dueAt":1795856400000000,"dueLocal":1795856400,"timeZone":"UTC","state":3,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',5,1795810646840598,1,1,'{"tasks":[{"id":5,"after":{"creatorID":1,"title":"Open house on Alder Street","body":"","assigneeID":1,"categoryID":6,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"dueAt":1795863600000000,"dueLocal":1795863600,"timeZone":"UTC","state":3,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',7,1795810646840598,1,1,'{"series":[{"id":112,"after":{"creatorID":1,"title":"Call Greg: any news from the bank?","body":"","assigneeID":2,"contactID":3,"categoryID":1,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"startLocal":1795960800,"timeZone":"UTC","ruleText":"FREQ=WEEKLY;INTERVAL=2;COUNT=6","catchUp":2,"whileOverdue":1,"isDeleted":false,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}],"tasks":[{"id":113,"after":{"seriesID":112,"recurrenceID":1795960800,"dueAt":1795960800000000}},{"id":114,"after":{"seriesID":112,"recurrenceID":1797170400,"dueAt":1797170400000000}},{"id":115,"after":{"seriesID":112,"recurrenceID":1798380000,"dueAt":1798380000000000}},{"id":116,"after":{"seriesID":112,"recurrenceID":1799589600,"dueAt":1799589600000000}},{"id":117,"after":{"seriesID":112,"recurrenceID":1800799200,"dueAt":1800799200000000}},{"id":118,"after":{"seriesID":112,"recurrenceID":1802008800,"dueAt":1802008800000000}}],"clocks":[{"id":112}]}');
INSERT INTO change VALUES(255,'ve9EPM428h8vShlRW1KT',8,1795810646840598,1,1,'{"series":[{"id":119,"after":{"creatorID":1,"title":"Email Stacy on her buying anniversary","body":"","assigneeID":1,"contactID":2,"categoryID":2,"reminder":1,"isAllDay":false,"notifiesAssignee":true,"startLocal":1796216400,"timeZone":"UTC","ruleText":"FREQ=YEARLY;INTERVAL=1;COUNT=5","catchUp":2,"whileOverdue":1,"isDeleted":false,"createdAt":1795810646840598,"modifiedAt":1795810646840598}}],"tasks":[{"id":120,"after":{"seriesID":119,"recurrenceID":1796216400,"dueAt":1796216400000000}},{"id":121,"after":{"seriesID":119,"recurrenceID":1827752400,"dueAt":1827752400000000}},{"id":122,"after":{"seriesID":119,"recurrenceID":1859374800,"dueAt":1859374800000000}},{"id":123,"after":{"seriesID":119,"recurrenceID":1890910800,"dueAt":1890910800000000}},{"id":124,"after":{"seriesID":119,"recurrenceID":1922446800,"dueAt":1922446800000000}}],"clocks":[{"id":119}]}');
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES('task','task','10000000 40000 40000 1');
INSERT INTO sqlite_stat1 VALUES('task','taskOfSlot','10000000 40000 40000 50 1 1');
INSERT INTO sqlite_stat1 VALUES('task','taskOfCreator','10000000 40000 40000 2000 1 1');
INSERT INTO sqlite_stat1 VALUES('task','taskByDue','10000000 40000 40000 2000 3 1 1');
INSERT INTO sqlite_stat1 VALUES('task','taskOfContact','10000000 40000 40000 100 3 1 1');
INSERT INTO sqlite_stat1 VALUES('task','taskOfLocationByDue','10000000 40000 40000 40 1 1');
INSERT INTO sqlite_stat1 VALUES('series','series','200000 800 800 1');
INSERT INTO sqlite_stat1 VALUES('series','seriesOfCreator','200000 800 800 40 1');
INSERT INTO sqlite_stat1 VALUES('seriesClock','seriesClock','100000 400 400 1');
INSERT INTO sqlite_stat1 VALUES('seriesClock','seriesClockByFire','100000 400 400 1');
CREATE INDEX seriesOfCreator ON series (shard, locationID, creatorID, seriesID);
CREATE INDEX seriesClockByFire ON seriesClock (shard, locationID, fireAt)
WHERE fireAt IS NOT NULL;
CREATE UNIQUE INDEX taskOfSlot ON task (
    shard, locationID, seriesID, recurrenceID, slotContactID
) WHERE seriesID IS NOT NULL;
CREATE INDEX taskOfCreator ON task (shard, locationID, creatorID, taskID, state);
CREATE INDEX taskByDue ON task (
    shard, locationID, creatorID, dueAt DESC, taskID, state
);
CREATE INDEX taskOfContact ON task (shard, locationID, contactID, dueAt, taskID, state)
WHERE contactID IS NOT NULL;
CREATE INDEX taskOfLocationByDue ON task (shard, locationID, dueAt, taskID, state);
